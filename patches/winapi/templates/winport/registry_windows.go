package winport

import (
	"errors"
	"io/fs"

	"golang.org/x/sys/windows/registry"
)

// OpenRead opens the key path of HKEY_LOCAL_MACHINE or, where that is absent or access to it denied,
// the one of HKEY_CURRENT_USER. If there is neither, the error is that of the first.
func OpenRead(path string, access uint32) (registry.Key, error) {
	key, err := registry.OpenKey(registry.LOCAL_MACHINE, path, access)
	if err == nil || !errors.Is(err, fs.ErrPermission) && !errors.Is(err, registry.ErrNotExist) {
		return key, err
	}
	if own, ownErr := registry.OpenKey(registry.CURRENT_USER, path, access); ownErr == nil {
		return own, nil
	}
	return key, err
}

// OpenWrite opens the key path of HKEY_LOCAL_MACHINE or, where that is denied, the one of
// HKEY_CURRENT_USER. It creates what does not exist.
func OpenWrite(path string, access uint32) (registry.Key, error) {
	key, _, err := CreateKey(path, access)
	return key, err
}

// CreateKey opens or creates the key path of HKEY_LOCAL_MACHINE or, where that is denied, the one of
// HKEY_CURRENT_USER, and tells whether it existed.
func CreateKey(path string, access uint32) (registry.Key, bool, error) {
	key, existed, err := registry.CreateKey(registry.LOCAL_MACHINE, path, access)
	if err == nil || !errors.Is(err, fs.ErrPermission) {
		return key, existed, err
	}
	return registry.CreateKey(registry.CURRENT_USER, path, access)
}
