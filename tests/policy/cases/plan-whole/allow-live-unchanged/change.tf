# why: The compliant design is live and nothing changes: no-op resources are judged as they stand.
