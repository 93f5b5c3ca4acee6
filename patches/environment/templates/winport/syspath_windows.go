package winport

import (
	"os"
	"path/filepath"
	"strings"
)

// SysPath gives the place on Windows for a file that Unix keeps at p: /etc/app/x is x in the folder app
// of %ProgramData%, /var/log/app in its folder log, /tmp the folder for temporary files. The variable
// WINPORT_ROOT stands for another folder than %ProgramData%. What does not begin with a slash stays.
func SysPath(p string) string {
	if !strings.HasPrefix(p, "/") {
		return filepath.FromSlash(p)
	}
	for _, root := range [...]string{"/tmp", "/var/tmp"} {
		if rest, ok := below(root, p); ok {
			return filepath.Join(os.TempDir(), rest)
		}
	}
	for _, place := range [...]struct{ root, folder string }{
		{"/etc", ""}, {"/usr/local/etc", ""}, {"/var/lib", ""}, {"/var/cache", "cache"},
		{"/var/log", "log"}, {"/var/run", "run"}, {"/run", "run"}, {"/var", ""},
	} {
		if rest, ok := below(place.root, p); ok {
			return filepath.Join(programData(), place.folder, rest)
		}
	}
	return filepath.Join(systemDrive(), filepath.FromSlash(p))
}

// below gives what follows root in p.
func below(root, p string) (string, bool) {
	rest := strings.TrimPrefix(p, root)
	if len(rest) == len(p) || rest != "" && rest[0] != '/' {
		return "", false
	}
	return filepath.FromSlash(rest), true
}

func programData() string {
	for _, name := range [...]string{"WINPORT_ROOT", "ProgramData"} {
		if dir := os.Getenv(name); dir != "" {
			return dir
		}
	}
	return filepath.Join(systemDrive(), "ProgramData")
}

func systemDrive() string {
	if drive := os.Getenv("SystemDrive"); drive != "" {
		return drive + `\`
	}
	return `C:\`
}
