#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace jobfarm::bench {

/// A part of a posting's way, over a fixed set of postings.
struct stage {
  /// `trade/what`, the name under which results are compared.
  std::string name;
  /// Postings that one pass handles.
  std::size_t items = 0;
  std::function<void()> pass;
};

/// Every stage, in the order of a posting's life. The postings are those of the
/// directory that `JOBFARM_BENCH_INPUT` names: a page a source
/// (`greenhouse.json`, `jsonld.html` ...) and `raw.jsonl`, as suite.py writes
/// them; a source without a file there reads its page of tests/data.
std::vector<stage> all_stages();

} // namespace jobfarm::bench
