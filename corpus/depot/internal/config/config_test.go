package config

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func write(t *testing.T, dir, name, text string) {
	t.Helper()
	if err := os.WriteFile(dir+"/"+name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestLoad(t *testing.T) {
	dir, base := t.TempDir(), t.TempDir()
	write(t, dir, "depot.yaml", `---
listen: "127.0.0.1:9000"   # comment
public_url: http://depot.example/artifacts
state_dir: data/state
lifecycle: true
sweep_after: 90m
log:
  dir: log
  keep: 3
mirror:
  prefix: /releases/
allow:
  - 10.0.0.0/8
  - 192.0.2.7
types:
  deb: vnd.debian.binary-package
  .svg: image/svg+xml
`)
	write(t, dir, "10-first.env", "DEPOT_LISTEN=127.0.0.1:1\nDEPOT_LOG_KEEP=7\n")
	write(t, dir, "20-second.env", "# later files win\nexport DEPOT_LISTEN='127.0.0.1:2'\n")
	write(t, dir, "notes.txt", "not read")
	cfg, err := Load(dir, base)
	if err != nil {
		t.Fatal(err)
	}
	if cfg.Listen != "127.0.0.1:2" || cfg.Log.Keep != 7 || !cfg.Lifecycle || cfg.SweepAfter != 90*time.Minute {
		t.Errorf("got %+v", cfg)
	}
	if want := filepath.Join(base, "data/state"); cfg.StateDir != want {
		t.Errorf("StateDir = %s, want %s", cfg.StateDir, want)
	}
	if cfg.PublicURL.Path != "/artifacts" || cfg.Mirror.Prefix != "releases" {
		t.Errorf("PublicURL = %v, Mirror = %v", cfg.PublicURL, cfg.Mirror)
	}
	if len(cfg.Allow) != 2 || cfg.Allow[1].String() != "192.0.2.7/32" {
		t.Errorf("Allow = %v", cfg.Allow)
	}
	if cfg.Types[".deb"] != "application/vnd.debian.binary-package" || cfg.Types[".svg"] != "image/svg+xml" {
		t.Errorf("Types = %v", cfg.Types)
	}
	for _, d := range []string{cfg.StateDir, cfg.RunDir, cfg.Log.Dir} {
		if fi, err := os.Stat(d); err != nil || !fi.IsDir() {
			t.Errorf("%s was not made: %v", d, err)
		}
	}
}

func TestAbsoluteDirectories(t *testing.T) {
	dir, state := t.TempDir(), filepath.Join(t.TempDir(), "state")
	write(t, dir, "depot.yaml", "state_dir: "+state+"\n")
	cfg, err := Load(dir, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if cfg.StateDir != state {
		t.Errorf("StateDir = %s, want %s", cfg.StateDir, state)
	}
}

func TestErrors(t *testing.T) {
	for _, c := range []struct{ file, text, want string }{
		{"depot.yaml", "listen\n", "depot.yaml: line 1"},
		{"depot.yaml", "- a\n", "list item outside"},
		{"depot.yaml", "sweep_after: soon\n", "soon"},
		{"depot.yaml", "allow:\n  - 10.0.0.0/99\n", "allow: invalid CIDR"},
		{"depot.yaml", "types:\n  x: a/b/c\n", "not a media type"},
		{"x.env", "DEPOT_COLOR=red\n", "x.env: line 1: unknown variable"},
		{"x.env", "DEPOT_LISTEN\n", "x.env: line 1"},
	} {
		dir := t.TempDir()
		write(t, dir, "depot.yaml", "")
		write(t, dir, c.file, c.text)
		if _, err := Load(dir, t.TempDir()); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s %q: error %v, want %q", c.file, c.text, err, c.want)
		}
	}
}

func TestFrozen(t *testing.T) {
	dir := t.TempDir()
	if frozen, err := readFrozen(dir); err != nil || len(frozen) != 0 {
		t.Errorf("without a file: %v, %v", frozen, err)
	}
	write(t, dir, "frozen.txt", "# shipped\narchive\n\nlts\n")
	if frozen, err := readFrozen(dir); err != nil || len(frozen) != 2 || !frozen["archive"] || !frozen["lts"] {
		t.Errorf("got %v, %v", frozen, err)
	}
}

// Some people edit their .env on Windows. The fixture has to keep its CRLF endings.
func TestEnvWithCRLF(t *testing.T) {
	data, err := os.ReadFile("testdata/crlf.env")
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Count(data, []byte("\r\n")) != 3 {
		t.Fatal("testdata/crlf.env lost its endings")
	}
	values := map[string]string{}
	if err := parseEnv(bytes.NewReader(data), values); err != nil {
		t.Fatal(err)
	}
	if values["listen"] != "127.0.0.1:8471" || values["log.dir"] != "/srv/log" {
		t.Errorf("got %q", values)
	}
}

func TestShippedConfiguration(t *testing.T) {
	cfg, err := Load("../../conf", t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if cfg.Listen != "127.0.0.1:8470" || cfg.Log.Keep != 14 || len(cfg.Allow) != 3 {
		t.Errorf("got %+v", cfg)
	}
}
