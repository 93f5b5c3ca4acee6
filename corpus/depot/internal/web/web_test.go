package web

import (
	"encoding/json"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"reflect"
	"strings"
	"testing"

	"example.com/depot/internal/config"
	"example.com/depot/internal/rotate"
	"example.com/depot/internal/store"
)

func serve(t *testing.T) (*Server, *httptest.Server) {
	t.Helper()
	dir := t.TempDir()
	st, err := store.Open(dir + "/state")
	if err != nil {
		t.Fatal(err)
	}
	w, err := rotate.Open(dir+"/logs", "depot", 1<<20, 2)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.Close() })
	public, _ := url.Parse("http://depot.example/artifacts")
	s := &Server{
		Config: &config.Config{PublicURL: public, Lifecycle: true, Types: map[string]string{".deb": "x/deb"}},
		Store:  st,
		Log:    w,
		Logger: log.New(io.Discard, "", 0),
		Reload: func() error { return nil },
		Quit:   func() {},
	}
	srv := httptest.NewServer(s.Handler())
	t.Cleanup(srv.Close)
	return s, srv
}

func do(t *testing.T, method, url, body string) (*http.Response, string) {
	t.Helper()
	req, err := http.NewRequest(method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp, string(data)
}

func TestBlobs(t *testing.T) {
	_, srv := serve(t)
	resp, _ := do(t, "PUT", srv.URL+"/v1/blobs/tools/linux/saw.deb", "steel")
	if want := "http://depot.example/artifacts/v1/blobs/tools/linux/saw.deb"; resp.StatusCode != 201 ||
		resp.Header.Get("Location") != want {
		t.Errorf("PUT: %s, Location %s", resp.Status, resp.Header.Get("Location"))
	}
	resp, body := do(t, "GET", srv.URL+"/v1/blobs/tools/linux/saw.deb", "")
	if body != "steel" || resp.Header.Get("Content-Type") != "x/deb" ||
		resp.Header.Get("Content-Disposition") != "attachment; filename=saw.deb" {
		t.Errorf("GET: %q, %v", body, resp.Header)
	}
	_, body = do(t, "GET", srv.URL+"/v1/blobs/tools/", "")
	var items []struct{ Name, URL string }
	if err := json.Unmarshal([]byte(body), &items); err != nil || len(items) != 1 ||
		items[0].Name != "linux/saw.deb" || !strings.HasSuffix(items[0].URL, "/tools/linux/saw.deb") {
		t.Errorf("list: %s, %v", body, err)
	}
	for _, c := range []struct {
		method, path string
		want         int
	}{
		{"GET", "/v1/blobs/tools/absent", 404},
		{"PUT", "/v1/blobs/tools/.hidden", 400},
		{"POST", "/v1/blobs/tools/saw", 405},
		{"GET", "/v1/blobs/tools", 301},
		{"DELETE", "/v1/blobs/tools/linux/saw.deb", 204},
		{"DELETE", "/v1/blobs/tools/linux/saw.deb", 404},
		{"GET", "/v1/export/tools.rar", 404},
		{"GET", "/v1/import/tools", 405},
		{"POST", "/-/quit", 204},
		{"GET", "/-/quit", 405},
		{"GET", "/nowhere", 404},
	} {
		if resp, _ := do(t, c.method, srv.URL+c.path, ""); resp.StatusCode != c.want {
			t.Errorf("%s %s: %s, want %d", c.method, c.path, resp.Status, c.want)
		}
	}
}

func TestPages(t *testing.T) {
	_, srv := serve(t)
	resp, _ := do(t, "GET", srv.URL+"/", "")
	if got := resp.Header.Get("Location"); got != "/artifacts/ui/" {
		t.Errorf("/ leads to %s", got)
	}
	if _, body := do(t, "GET", srv.URL+"/ui/", ""); !strings.Contains(body, `data-usage="/artifacts/v1/usage"`) {
		t.Errorf("page is %s", body)
	}
	resp, body := do(t, "GET", srv.URL+"/ui/logo.png", "")
	if resp.Header.Get("Content-Type") != "image/png" || !strings.HasPrefix(body, "\x89PNG\r\n\x1a\n") {
		t.Errorf("logo: %v, %.8q", resp.Header, body)
	}
	names, err := Assets()
	if want := []string{"static/app.js", "static/index.html", "static/logo.png"}; err != nil ||
		!reflect.DeepEqual(names, want) {
		t.Errorf("Assets = %q, %v", names, err)
	}
}

func TestStatus(t *testing.T) {
	s, srv := serve(t)
	do(t, "PUT", srv.URL+"/v1/blobs/tools/saw", "steel")
	if _, body := do(t, "GET", srv.URL+"/v1/info", ""); !strings.Contains(body, `"blobs":1`) {
		t.Errorf("info: %s", body)
	}
	if err := os.Remove(s.Store.Root() + "/tools/bucket.json"); err != nil {
		t.Fatal(err)
	}
	if _, body := do(t, "GET", srv.URL+"/v1/usage", ""); body != "{\"tools\":5}\n" {
		t.Errorf("usage: %s", body)
	}
	do(t, "POST", srv.URL+"/-/rotate", "")
	_, body := do(t, "GET", srv.URL+"/v1/logs", "")
	var names []string
	if err := json.Unmarshal([]byte(body), &names); err != nil || len(names) != 2 || names[1] != "depot.log" {
		t.Errorf("logs: %s, %v", body, err)
	}
	_, n, _ := strings.Cut(names[0], "depot-")
	if strings.Contains(n, "/") {
		t.Errorf("log name %s", names[0])
	}
}
