package tests

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
)

func write(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		file := dir + "/" + name                                   //@ host
		if err := os.MkdirAll(path.Dir(file), 0o755); err != nil { //@ host
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func TestFind(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, map[string]string{"a/x.txt": "1", "a/b/y.txt": "2"})
	for _, c := range []struct{ pattern, want string }{
		{"*.txt", "x.txt"},
		{"b/*.txt", "y.txt"},
	} {
		got, err := filepath.Glob(fmt.Sprintf("%s/a/%s", dir, c.pattern)) //@ host
		if err != nil || len(got) != 1 {
			t.Fatalf("%s/%s: %v, %v", dir, c.pattern, got, err) //@ text
		}
		if !strings.HasSuffix(got[0], "/"+c.want) { //@ host
			t.Errorf("got %s", got[0])
		}
	}
	if err := os.Chdir(dir + "/a"); err != nil { //@ host
		t.Fatal(err)
	}
}

func TestServer(t *testing.T) {
	srv := httptest.NewServer(http.NotFoundHandler())
	defer srv.Close()
	for _, name := range []string{"a", "b"} {
		resp, err := http.Get(srv.URL + "/files/" + name) //@ slash
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		t.Run("GET/"+name, func(t *testing.T) { //@ text|slash
			if resp.StatusCode != http.StatusNotFound {
				t.Error(resp.Status)
			}
		})
	}
}

func TestFS(t *testing.T) {
	fsys := fstest.MapFS{}
	for _, n := range []string{"one", "two"} {
		fsys["dir/"+n+".txt"] = &fstest.MapFile{} //@ slash
	}
	if err := fstest.TestFS(fsys, "dir/one.txt", path.Join("dir", "two.txt")); err != nil { //@ slash path.Join("dir", "two.txt")
		t.Fatal(err)
	}
	f, err := fsys.Open("dir" + "/" + "one.txt") //@ slash
	if err != nil {
		t.Fatal(err)
	}
	f.Close()
}
