"""What all tests share."""

from hypothesis import HealthCheck, settings

# A machine that does other work is slow at times; that is no failure of what is tested.
settings.register_profile("penstock", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("penstock")
