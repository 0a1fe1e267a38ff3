"""What imports of workbooks share: the run and its progress, the file that waits, the work, the command."""
