"""The visibility oracle: the program against a plain restatement of 'Who sees', step by step."""
