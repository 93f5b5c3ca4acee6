// Package registry is as much of golang.org/x/sys/windows/registry as the service asks for.
package registry

import (
	"syscall"
	"unsafe"
)

// Key is an open key.
type Key syscall.Handle

// The roots and rights that the service uses.
const (
	CURRENT_USER  = Key(syscall.HKEY_CURRENT_USER)
	LOCAL_MACHINE = Key(syscall.HKEY_LOCAL_MACHINE)

	QUERY_VALUE = 0x1
	SET_VALUE   = 0x2
	READ        = 0x20019
	ALL_ACCESS  = 0xf003f
)

// ErrNotExist is what a missing key or value gives.
var ErrNotExist = syscall.ERROR_FILE_NOT_FOUND

var (
	advapi32       = syscall.NewLazyDLL("advapi32.dll")
	regCreateKeyEx = advapi32.NewProc("RegCreateKeyExW")
	regSetValueEx  = advapi32.NewProc("RegSetValueExW")
)

// OpenKey opens a key that exists.
func OpenKey(k Key, path string, access uint32) (Key, error) {
	name, err := syscall.UTF16PtrFromString(path)
	if err != nil {
		return 0, err
	}
	var handle syscall.Handle
	if err := syscall.RegOpenKeyEx(syscall.Handle(k), name, 0, access, &handle); err != nil {
		return 0, err
	}
	return Key(handle), nil
}

// CreateKey opens or makes a key.
func CreateKey(k Key, path string, access uint32) (Key, bool, error) {
	name, err := syscall.UTF16PtrFromString(path)
	if err != nil {
		return 0, false, err
	}
	var handle syscall.Handle
	var made uint32
	code, _, _ := regCreateKeyEx.Call(uintptr(k), uintptr(unsafe.Pointer(name)), 0, 0, 0, uintptr(access), 0,
		uintptr(unsafe.Pointer(&handle)), uintptr(unsafe.Pointer(&made)))
	if code != 0 {
		return 0, false, syscall.Errno(code)
	}
	return Key(handle), made == 2, nil
}

// Close closes the key.
func (k Key) Close() error { return syscall.RegCloseKey(syscall.Handle(k)) }

// GetStringValue reads a value.
func (k Key) GetStringValue(name string) (string, uint32, error) {
	key, err := syscall.UTF16PtrFromString(name)
	if err != nil {
		return "", 0, err
	}
	var kind uint32
	text := make([]uint16, 1024)
	size := uint32(2 * len(text))
	err = syscall.RegQueryValueEx(syscall.Handle(k), key, nil, &kind, (*byte)(unsafe.Pointer(&text[0])), &size)
	if err != nil {
		return "", 0, err
	}
	return syscall.UTF16ToString(text[:size/2]), kind, nil
}

// SetStringValue writes a value.
func (k Key) SetStringValue(name, value string) error {
	key, err := syscall.UTF16PtrFromString(name)
	if err != nil {
		return err
	}
	text, err := syscall.UTF16FromString(value)
	if err != nil {
		return err
	}
	code, _, _ := regSetValueEx.Call(uintptr(k), uintptr(unsafe.Pointer(key)), 0, 1,
		uintptr(unsafe.Pointer(&text[0])), uintptr(2*len(text)))
	if code != 0 {
		return syscall.Errno(code)
	}
	return nil
}
