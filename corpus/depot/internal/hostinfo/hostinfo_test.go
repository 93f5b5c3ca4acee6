package hostinfo

import (
	"runtime"
	"strings"
	"testing"
)

func TestCollect(t *testing.T) {
	info := Collect()
	if info.Platform != runtime.GOOS+"/"+runtime.GOARCH {
		t.Errorf("Platform = %s", info.Platform)
	}
	if !strings.HasSuffix(info.Module, "/cmd/depot") {
		t.Errorf("Module = %s", info.Module)
	}
	if runtime.GOOS == "linux" && info.RSS == 0 {
		t.Error("RSS is unknown")
	}
	if got := UserAgent("v1"); got != "depot/v1 ("+info.Platform+")" {
		t.Errorf("UserAgent = %s", got)
	}
}
