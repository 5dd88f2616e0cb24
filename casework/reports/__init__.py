"""Reports: referrals as table, figures and file; statistics of cases; totals with small numbers withheld."""
