"""The planner: a definition and a reference to one SQL query over the lake."""
