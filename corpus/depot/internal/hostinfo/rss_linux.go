package hostinfo

import (
	"os"
	"strconv"
	"strings"
)

// rss reads the resident set from procfs.
func rss() uint64 {
	data, err := os.ReadFile("/proc/" + strconv.Itoa(os.Getpid()) + "/statm")
	if err != nil {
		return 0
	}
	fields := strings.Fields(string(data))
	if len(fields) < 2 {
		return 0
	}
	pages, err := strconv.ParseUint(fields[1], 10, 64)
	if err != nil {
		return 0
	}
	return pages * uint64(os.Getpagesize())
}
