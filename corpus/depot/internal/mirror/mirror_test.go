package mirror

import (
	"io"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"
)

func TestPut(t *testing.T) {
	var got []string
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		got = append(got, r.Method+" "+r.URL.Path+" "+string(body))
		if strings.HasSuffix(r.URL.Path, "/bad") {
			http.Error(w, "no", http.StatusForbidden)
		}
	}))
	defer srv.Close()
	c, err := New(srv.URL+"/artifacts/", "releases", "test")
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < 2; i++ {
		if err := c.Put("tools", "linux/hammer", "d1", strings.NewReader("iron")); err != nil {
			t.Fatal(err)
		}
	}
	if err := c.Put("tools", "bad", "d2", strings.NewReader("")); err == nil {
		t.Error("a refused copy was taken for done")
	}
	want := []string{"PUT /artifacts/releases/tools/linux/hammer iron", "PUT /artifacts/releases/tools/bad "}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("requests %q, want %q", got, want)
	}
}

func TestKeyWithoutPrefix(t *testing.T) {
	c, err := New("https://store.example/b", "", "test")
	if err != nil {
		t.Fatal(err)
	}
	if got := c.Key("a", "b/c"); got != "a/b/c" {
		t.Errorf("Key = %s", got)
	}
	if _, err := New("/srv/mirror", "", "test"); err == nil {
		t.Error("a directory was taken for a URL")
	}
}
