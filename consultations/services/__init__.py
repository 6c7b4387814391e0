"""What people do with hours, meetings, plans, referrals and councils; one transaction a deed."""
