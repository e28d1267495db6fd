#include "messages/json.hpp"
#include "messages/msgpack.hpp"
#include "messages/task.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

// Records from hostile bytes; what was read is written and read the same.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  using namespace jobfarm;
  std::string_view bytes(reinterpret_cast<const char*>(data), size);
  static_cast<void>(from_json<task_outcome>(bytes));
  if (auto read = unpack<job_posting>(bytes)) {
    auto again = unpack<job_posting>(pack(*read));
    if (!again || pack(*again) != pack(*read))
      std::abort();
  }
  return 0;
}
