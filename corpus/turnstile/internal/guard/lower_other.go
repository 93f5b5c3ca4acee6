//go:build !linux

package guard

func lower() {}
