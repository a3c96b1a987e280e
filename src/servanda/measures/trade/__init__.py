"""Trade: what is sold, what could be. Functions take tables and give tables or readings; they open nothing."""
