"""Three ways of looking for a case with a negative margin, behind one interface: target and shard in, findings out."""
