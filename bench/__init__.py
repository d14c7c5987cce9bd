"""What is measured, each figure with the limit it is measured against, in the same run."""
