// Package config reads the settings of parcel.
package config

import (
	"encoding/json"
	"os"
)

// Config is what conf/parcel.json holds.
type Config struct {
	Listen string `json:"listen"`
	Store  Store  `json:"store"`
	Prefix string `json:"prefix"`
}

// Store says where parcels are kept.
type Store struct {
	Dir   string `json:"dir"`
	Limit int    `json:"limit"`
}

// Load reads a file of settings; PARCEL_DIR wins over what it says of the store.
func Load(name string) (*Config, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	c := &Config{Listen: ":8480", Prefix: "/parcels"}
	if err := json.Unmarshal(data, c); err != nil {
		return nil, err
	}
	if dir := os.Getenv("PARCEL_DIR"); dir != "" {
		if err := os.MkdirAll(dir, 0o750); err != nil {
			return nil, err
		}
		c.Store.Dir = dir
	}
	return c, nil
}
