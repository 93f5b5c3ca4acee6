package hostinfo

import "os"

// Site reads one of the notes that an administrator may leave for the status page.
func Site(name string) string {
	data, err := os.ReadFile("C:\\depot\\site\\" + name)
	if err != nil {
		return ""
	}
	return string(data)
}
