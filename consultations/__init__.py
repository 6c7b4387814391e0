"""The service: specialists' hours and meetings, confidential notes, support plans, referrals, councils."""
