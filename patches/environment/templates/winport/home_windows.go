package winport

import "os"

// Home is the variable HOME if somebody sets it, else the folder of the user.
func Home() string {
	if home := os.Getenv("HOME"); home != "" {
		return home
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return ""
	}
	return home
}
