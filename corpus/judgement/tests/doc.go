// Package tests has nothing but tests.
package tests
