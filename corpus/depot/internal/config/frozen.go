package config

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// readFrozen reads frozen.txt: the buckets that take nothing new, one a line. Without the file there are none.
func readFrozen(dir string) (map[string]bool, error) {
	data, err := os.ReadFile(filepath.Join(dir, "frozen.txt"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	frozen := map[string]bool{}
	for _, name := range strings.Split(string(data), "\n") {
		if name != "" && !strings.HasPrefix(name, "#") {
			frozen[name] = true
		}
	}
	return frozen, nil
}
