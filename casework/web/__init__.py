"""What every page shares: forms, filters, headers, error pages, assets, charts; knows no domain and no user."""
