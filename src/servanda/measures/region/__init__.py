"""Region: how free each hand is. Functions take tables and give tables or readings; they open nothing."""
