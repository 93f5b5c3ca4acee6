package state

import "golang.org/x/sys/windows/registry"

const path = `SOFTWARE\Warden`

// Read gives what was noted last.
func Read() (string, error) {
	key, err := registry.OpenKey(registry.LOCAL_MACHINE, path, registry.QUERY_VALUE)
	if err != nil {
		return "", err
	}
	defer key.Close()
	text, _, err := key.GetStringValue("Note")
	return text, err
}

// Write notes a text.
func Write(text string) error {
	key, err := registry.OpenKey(registry.LOCAL_MACHINE, path, registry.SET_VALUE)
	if err != nil {
		return err
	}
	defer key.Close()
	return key.SetStringValue("Note", text)
}
