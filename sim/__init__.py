"""What is true in every community: the board, its laws, the physics of a week."""
