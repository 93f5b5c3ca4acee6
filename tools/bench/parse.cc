// windlass_bench_parse DIR [THREADS]: parses every Go file below DIR and does nothing else; the
// floor that a tool which parses everything cannot go below.

#include <atomic>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "transformer/syntax/tree.h"
#include "transformer/text/parallel.h"

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "usage: windlass_bench_parse DIR [THREADS]\n");
    return 2;
  }
  std::vector<std::string> paths;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(argv[1])) {
    if (entry.is_regular_file() && entry.path().extension() == ".go") {
      paths.push_back(entry.path().string());
    }
  }
  std::atomic<size_t> bytes{0};
  std::atomic<size_t> failed{0};
  const size_t threads = windlass::ThreadCount(argc > 2 ? std::atoi(argv[2]) : 0);
  windlass::ParallelFor(paths.size(), threads, [&](size_t i) {
    std::ifstream in(paths[i], std::ios::binary);
    const windlass::SourceFile source(paths[i],
                                      std::string(std::istreambuf_iterator<char>(in), {}));
    bytes += source.size();
    failed += windlass::Tree::Parse(source, windlass::Language::kGo).ok() ? 0U : 1U;
  });
  std::printf("%zu files, %zu bytes, %zu not parsed\n", paths.size(), bytes.load(), failed.load());
  return 0;
}
