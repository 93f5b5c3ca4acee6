package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"time"
)

// observe prepares dir, runs depot in it twice and notes what can be seen from outside.
func observe(seen observations, root, dir string, command []string) error {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return err
	}
	addr, err := freeAddress()
	if err != nil {
		return err
	}
	if err := prepare(root, dir, addr); err != nil {
		return err
	}
	s, err := start(dir, addr, command)
	if err != nil {
		return err
	}
	look(seen, s, dir)
	if err := s.stop(); err != nil {
		return err
	}
	seen.add("pid file after the end", "%v", exists(dir+"/run/depot.pid"))
	return observeAbsolute(seen, root, dir, command)
}

// observeAbsolute runs depot with a state directory that is called by its absolute path.
func observeAbsolute(seen observations, root, dir string, command []string) error {
	addr, err := freeAddress()
	if err != nil {
		return err
	}
	state := root + dir + "/elsewhere/state"
	if root != "" {
		state = strings.ReplaceAll(state, "/", `\`)
	}
	if err := configure(dir, addr, state); err != nil {
		return err
	}
	s, err := start(dir, addr, command)
	if err != nil {
		seen.add("absolute state directory", "does not start")
		return nil
	}
	if err := s.stop(); err != nil {
		return err
	}
	seen.add("absolute state directory", "made=%v", exists(dir+"/elsewhere/state/.incoming"))
	return nil
}

func configure(dir, addr, state string) error {
	text := fmt.Sprintf("listen: %s\npublic_url: http://depot.example/artifacts\nlifecycle: true\nstate_dir: '%s'\n"+
		"log:\n  keep: 2\nallow:\n  - 127.0.0.1\ntypes:\n  deb: vnd.debian.binary-package\n", addr, state)
	return os.WriteFile(dir+"/conf/depot.yaml", []byte(text), 0o644)
}

// prepare makes a working directory as an earlier depot would have left it, with a frozen.txt as editors of the system write it.
func prepare(root, dir, addr string) error {
	frozen := "# shipped\ntoolsmith\nlts-2019\n"
	if root != "" {
		frozen = strings.ReplaceAll(frozen, "\n", "\r\n")
	}
	files := map[string]string{
		"conf/10-site.env":                    "# site\r\nDEPOT_LOG_KEEP=1\r\n",
		"conf/frozen.txt":                     frozen,
		"state/tools/bucket.json":             `{"bucket":"tools"}`,
		"state/tools/saw":                     "steel",
		"state/toolsmith/anvil":               "heavy",
		"state/.incoming/put-stale":           "half",
		"state/.incoming/put-fresh":           "half",
		"logs/depot-20200101T000000.000.log":  "2020",
		"logs/depot-20210101T000000.000.log":  "2021",
		"logs/depot-20220101T000000.000.log":  "2022",
		"logs/depot-of-the-other-company.log": "keep me",
	}
	for name, text := range files {
		full := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(full, []byte(text), 0o644); err != nil {
			return err
		}
	}
	old := time.Now().Add(-48 * time.Hour)
	if err := os.Chtimes(dir+"/state/.incoming/put-stale", old, old); err != nil {
		return err
	}
	return configure(dir, addr, "state")
}

// look asks everything that depot answers, what is wrong on Windows and what never was.
func look(seen observations, s *service, dir string) {
	seen.add("log parts kept", "%s", glob(dir+"/logs/depot-*.log"))
	seen.add("uploads kept", "%s", glob(dir+"/state/.incoming/*"))
	seen.add("pid file while serving", "%v", exists(dir+"/run/depot.pid"))

	_, body := s.do("GET", "/v1/logs", nil)
	seen.add("log names", "%s", strings.TrimSpace(body))
	_, body = s.do("GET", "/v1/blobs/tools/", nil)
	seen.add("list", "%s", listed(body))
	_, body = s.do("GET", "/v1/usage", nil)
	seen.add("usage", "%s", strings.TrimSpace(body))
	_, body = s.do("GET", "/v1/info", nil)
	var info struct{ Blobs int }
	json.Unmarshal([]byte(body), &info)
	seen.add("blob count", "%d", info.Blobs)

	code, _ := s.do("PUT", "/v1/blobs/tools/hammer", strings.NewReader("iron"))
	seen.add("put into a known directory", "%d", code)
	code, _ = s.do("PUT", "/v1/blobs/toolsmith/hammer", strings.NewReader("iron"))
	seen.add("put into a frozen bucket", "%d", code)
	code, _ = s.do("PUT", "/v1/blobs/fresh/linux/hammer.deb", strings.NewReader("iron"))
	seen.add("put into a new directory", "%d stored=%v", code, exists(dir+"/state/fresh/linux/hammer.deb"))
	code, body = s.do("GET", "/v1/blobs/tools/hammer", nil)
	seen.add("get", "%d %s", code, body)

	code, _ = s.do("POST", "/v1/import/boxes", archive("crate", "linux/chest"))
	seen.add("import", "%d stored=%v,%v", code, exists(dir+"/state/boxes/crate"), exists(dir+"/state/boxes/linux/chest"))
	code, _ = s.do("POST", "/v1/import/boxes", archive("../escaped"))
	seen.add("import from outside", "%d stored=%v", code, exists(dir+"/state/escaped"))
	code, body = s.do("GET", "/v1/export/tools.tar.gz", nil)
	seen.add("export", "%d %s", code, entries(body))

	code, body = s.do("PUT", "/v1/blobs/tools/anvil", strings.NewReader("x"))
	seen.add("public address", "%d %s", code, body)
	code, body = s.do("GET", "/", nil)
	seen.add("home", "%d %s", code, body)
	code, body = s.do("GET", "/ui/app.js", nil)
	seen.add("page", "%d script=%v", code, strings.HasPrefix(body, "fetch("))
	code, _ = s.do("DELETE", "/v1/blobs/tools/anvil", nil)
	seen.add("delete", "%d stored=%v", code, exists(dir+"/state/tools/anvil"))
	code, _ = s.do("POST", "/-/rotate", nil)
	_, names := s.do("GET", "/v1/logs", nil)
	seen.add("rotate", "%d newest=%v", code, strings.Contains(names, "depot.log"))
}

// glob returns the last elements of what matches, separated by spaces.
func glob(pattern string) string {
	matches, err := filepath.Glob(pattern)
	if err != nil {
		return err.Error()
	}
	for i, m := range matches {
		matches[i] = filepath.Base(m)
	}
	return strings.Join(matches, " ")
}

// listed returns the names in the answer to a listing, separated by spaces.
func listed(body string) string {
	var items []struct{ Name string }
	if err := json.Unmarshal([]byte(body), &items); err != nil {
		return strings.TrimSpace(body)
	}
	var names []string
	for _, item := range items {
		names = append(names, item.Name)
	}
	sort.Strings(names)
	return strings.Join(names, " ")
}

// archive returns a .tar.gz of files that all contain the same.
func archive(names ...string) io.Reader {
	var buf bytes.Buffer
	gz := gzip.NewWriter(&buf)
	tw := tar.NewWriter(gz)
	for _, name := range names {
		tw.WriteHeader(&tar.Header{Name: name, Mode: 0o644, Size: 4})
		tw.Write([]byte("wood"))
	}
	tw.Close()
	gz.Close()
	return &buf
}

// entries returns the names in a .tar.gz, separated by spaces.
func entries(body string) string {
	gz, err := gzip.NewReader(strings.NewReader(body))
	if err != nil {
		return err.Error()
	}
	var names []string
	for tr := tar.NewReader(gz); ; {
		hdr, err := tr.Next()
		if err != nil {
			return strings.Join(names, " ")
		}
		names = append(names, hdr.Name)
	}
}
