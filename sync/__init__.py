"""Everything that speaks to other machines: a till's side here, the hub's in `sync.hub`."""
