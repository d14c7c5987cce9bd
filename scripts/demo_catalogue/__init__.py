"""Makes the demo catalogue: products.csv and a drawn picture of each design."""
