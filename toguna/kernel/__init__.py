"""What every room stands on: problems, periods, instants, ids, canonical writing. Imports nothing of ours."""
