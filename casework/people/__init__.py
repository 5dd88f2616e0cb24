"""People: who a person is, how to reach them safely, what they hold, who belongs to them."""
