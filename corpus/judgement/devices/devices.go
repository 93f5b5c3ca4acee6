// Package devices names what is no file on Windows: pipes, volumes, raw disks, registry keys.
package devices

import (
	"fmt"
	"net"
	"os"
	"strconv"
	"strings"
	"time"

	winio "github.com/Microsoft/go-winio"
	"golang.org/x/sys/windows/registry"
)

const (
	pipePrefix = `\\.\pipe\`                  //@ device
	vendorKey  = `SOFTWARE\Acme`              //@ device
	engine     = pipePrefix + `docker_engine` //@ device
)

// Endpoint is where the daemon listens: a pipe on Windows, a socket elsewhere.
type Endpoint struct {
	Pipe   string
	Socket string
}

// ForInstance returns the endpoint of one instance.
func ForInstance(name, runDir string) Endpoint {
	return Endpoint{
		Pipe:   pipePrefix + "hauler_" + name, //@ device
		Socket: runDir + "/" + name + ".sock", //@ host
	}
}

// Listen listens on the pipe.
func (e Endpoint) Listen() (net.Listener, error) {
	return winio.ListenPipe(e.Pipe, &winio.PipeConfig{SecurityDescriptor: "D:P(A;;GA;;;BA)"})
}

// Dial connects to whatever there is.
func (e Endpoint) Dial(windows bool) (net.Conn, error) {
	if !windows {
		return net.Dial("unix", e.Socket)
	}
	wait := time.Second
	return winio.DialPipe(e.Pipe, &wait)
}

// DialEngine connects to the engine's pipe, of a named user if there is one.
func DialEngine(user string) (net.Conn, error) {
	name := engine
	if user != "" {
		name = fmt.Sprintf(`\\.\pipe\docker_engine_%s`, user) //@ device
	}
	return winio.DialPipe(name, nil)
}

// OpenDisk opens a disk as a whole.
func OpenDisk(n int) (*os.File, error) {
	return os.Open(`\\.\PhysicalDrive` + strconv.Itoa(n)) //@ device
}

// OpenVolume opens the volume with a letter.
func OpenVolume(letter string) (*os.File, error) {
	volume := `\\.\` + letter + ":" //@ device
	return os.OpenFile(volume, os.O_RDWR, 0)
}

// Long lifts the length limit from an absolute path.
func Long(p string) string {
	if strings.HasPrefix(p, `\\?\`) || len(p) < 248 { //@ device
		return p
	}
	if strings.HasPrefix(p, `\\`) { //@ device
		return `\\?\UNC\` + p[2:] //@ device
	}
	return `\\?\` + p //@ device
}

// Setting reads a value of a component from the registry.
func Setting(component, name string) (string, error) {
	k, err := registry.OpenKey(registry.LOCAL_MACHINE, vendorKey+`\`+component, registry.READ) //@ device
	if err != nil {
		return "", err
	}
	defer k.Close()
	value, _, err := k.GetStringValue(name)
	return value, err
}

// Register makes the key of a component.
func Register(component string) error {
	path := strings.Join([]string{"SOFTWARE", "Acme", component}, `\`) //@ device
	k, _, err := registry.CreateKey(registry.CURRENT_USER, path, registry.WRITE)
	if err != nil {
		return err
	}
	return k.Close()
}

// EventSource returns the key under which a source of events is registered.
func EventSource(log, source string) string {
	return fmt.Sprintf(`SYSTEM\CurrentControlSet\Services\EventLog\%s\%s`, log, source) //@ device
}

// Installed tells whether there is a key for the source of events.
func Installed(log, source string) bool {
	k, err := registry.OpenKey(registry.LOCAL_MACHINE, EventSource(log, source), registry.READ)
	if err == nil {
		k.Close()
	}
	return err == nil
}
