#include "actors/normalize/company.hpp"
#include "actors/normalize/title.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

// Titles and company names out of any bytes.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  using namespace jobfarm::normalize;
  std::string_view text(reinterpret_cast<const char*>(data), size);
  auto title = normalize_title(clean_title(std::string{text}, {}));
  seniority_of(title);
  role_family_of(title);
  normalize_company(text);
  return 0;
}
