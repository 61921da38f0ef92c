"""What staff say to each other about a draft or a case: comments on blocks, and sending back with words."""
