#include "actors/normalize/dates.hpp"
#include "actors/normalize/salary.hpp"
#include "actors/normalize/skills.hpp"
#include "actors/normalize/statements.hpp"
#include "actors/normalize/title.hpp"
#include "actors/normalize/work_mode.hpp"

#include <cstddef>
#include <cstdint>

// What the normaliser reads out of running text.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  using namespace jobfarm::normalize;
  std::string_view text(reinterpret_cast<const char*>(data), size);
  salary_input input;
  input.field = text;
  input.description = text;
  find_salary(input);
  parse_posted(text, "2026-11-24T10:00:00Z");
  skills_in(text);
  experience_in(text);
  visa_in(text);
  mode_in_description(text);
  clean_title(text, {});
  return 0;
}
