"""Attachments of a case: checked, images made anew, sealed, handed out only through the predicate."""
