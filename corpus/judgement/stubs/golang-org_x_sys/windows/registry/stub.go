// Package registry stands in for the Windows registry.
package registry

type Key uintptr

const (
	LOCAL_MACHINE = Key(0x80000002)
	CURRENT_USER  = Key(0x80000001)
	READ          = 0x20019
	WRITE         = 0x20006
)

func OpenKey(k Key, path string, access uint32) (Key, error) { return 0, nil }

func CreateKey(k Key, path string, access uint32) (Key, bool, error) { return 0, false, nil }

func (k Key) GetStringValue(name string) (string, uint64, error) { return "", 0, nil }

func (k Key) Close() error { return nil }
