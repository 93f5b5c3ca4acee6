// Package hostinfo describes the machine and the process for the status page.
package hostinfo

import (
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"strings"
)

// Info is a snapshot of the process.
type Info struct {
	Host     string `json:"host"`
	Platform string `json:"platform"`
	Module   string `json:"module"`
	RSS      uint64 `json:"rss"` // bytes, 0 where unknown
}

// Collect returns what is known now.
func Collect() Info {
	host, err := os.Hostname()
	if err != nil {
		host = "unknown"
	}
	return Info{
		Host:     host,
		Platform: runtime.GOOS + "/" + runtime.GOARCH,
		Module:   module("cmd/depot"),
		RSS:      rss(),
	}
}

// UserAgent names this program to the mirror, as in "depot/v1.2 (linux/amd64)".
func UserAgent(version string) string {
	return fmt.Sprintf("depot/%s (%s/%s)", version, runtime.GOOS, runtime.GOARCH)
}

// module returns the import path of a package of the main module.
func module(pkg string) string {
	if bi, ok := debug.ReadBuildInfo(); ok && bi.Main.Path != "" {
		return bi.Main.Path + "/" + strings.Trim(pkg, "/")
	}
	return "example.com/depot/" + pkg
}
