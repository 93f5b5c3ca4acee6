package config

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

// envKeys maps the variables that may stand in a .env file to the keys of depot.yaml.
var envKeys = map[string]string{
	"DEPOT_LISTEN":     "listen",
	"DEPOT_PUBLIC_URL": "public_url",
	"DEPOT_STATE_DIR":  "state_dir",
	"DEPOT_RUN_DIR":    "run_dir",
	"DEPOT_LOG_DIR":    "log.dir",
	"DEPOT_LOG_KEEP":   "log.keep",
	"DEPOT_MIRROR_URL": "mirror.url",
}

// parseEnv reads NAME=value lines. "export " in front is allowed, so that shells can source the same file.
func parseEnv(r io.Reader, values map[string]string) error {
	sc := bufio.NewScanner(r)
	for n := 1; sc.Scan(); n++ {
		line := strings.TrimSpace(sc.Text())
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		line = strings.TrimPrefix(line, "export ")
		name, value, ok := strings.Cut(line, "=")
		if !ok {
			return fmt.Errorf("line %d: %q has no =", n, line)
		}
		key, known := envKeys[strings.TrimSpace(name)]
		if !known {
			return fmt.Errorf("line %d: unknown variable %s", n, name)
		}
		values[key] = unquote(value)
	}
	return sc.Err()
}
