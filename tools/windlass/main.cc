#include <CLI/CLI.hpp>

int main(int argc, char** argv) {
  CLI::App app{"windlass hauls a Go service onto Windows Server containers"};
  CLI11_PARSE(app, argc, argv);
  return 0;
}
