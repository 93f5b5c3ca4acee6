//go:build !linux

package hostinfo

func rss() uint64 { return 0 }
