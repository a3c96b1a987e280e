"""What if: tariffs and barriers, costs of trade. Imports measures and what is beneath; knows no sibling."""
