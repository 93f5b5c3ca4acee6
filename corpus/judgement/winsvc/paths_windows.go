package winsvc

import (
	"fmt"
	"os"
	"strings"
)

const dataRoot = `C:\ProgramData\Hauler` //@ host

// ConfigFile returns the configuration of an instance.
func ConfigFile(instance string) string {
	return "C:\\ProgramData\\Hauler\\conf\\" + instance + ".yaml" //@ host
}

// DataDir makes the data directory of an instance.
func DataDir(instance string) (string, error) {
	dir := dataRoot + `\data\` + instance //@ host
	return dir, os.MkdirAll(dir, 0o700)
}

// LogFile opens the log of an instance.
func LogFile(instance string) (*os.File, error) {
	name := fmt.Sprintf("%s\\log\\%s.log", os.Getenv("ProgramData"), instance) //@ host
	return os.OpenFile(name, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
}

// Pipe returns where an instance listens.
func Pipe(instance string) string {
	return "\\\\.\\pipe\\hauler-" + instance //@ device
}

// ServiceKey returns the registry key of a service.
func ServiceKey(instance string) string {
	return "SYSTEM\\CurrentControlSet\\Services\\" + instance //@ device
}

// Share returns the directory of a file server.
func Share(server, share string) ([]os.DirEntry, error) {
	return os.ReadDir(`\\` + server + `\` + share) //@ host
}

// Account returns a user with the domain, which is no path.
func Account(domain, user string) string {
	if domain == "" {
		domain = "."
	}
	return domain + `\` + user //@ text|device
}

// Join appends an element to a directory.
func Join(dir, name string) string {
	if strings.HasSuffix(dir, `\`) { //@ host
		return dir + name
	}
	return dir + `\` + name //@ host
}

// Exists tells whether an instance was installed.
func Exists(instance string) bool {
	_, err := os.Stat(Join(dataRoot, instance))
	return err == nil
}

// SearchPath returns the directories that Windows searches.
func SearchPath() []string {
	return strings.Split(os.Getenv("PATH"), ";") //@ list
}
