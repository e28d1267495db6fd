#include "actors/normalize/salary.hpp"
#include "actors/normalize/skills.hpp"
#include "actors/normalize/statements.hpp"
#include "actors/normalize/work_mode.hpp"
#include "actors/text/folded_text.hpp"
#include "actors/text/phrase_sieve.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

// What the normaliser reads out of running text; a sieve changes nothing.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  using namespace jobfarm;
  using namespace jobfarm::normalize;
  static const text::phrase_sieve sieve(
      {&experience_phrases(), &visa_phrases(), &skill_phrases(),
       &work_mode_phrases()});
  std::string_view given(reinterpret_cast<const char*>(data), size);
  salary_input input;
  input.field = given;
  input.description = given;
  find_salary(input);
  const text::folded_text alone(given);
  text::folded_text sifted(given);
  sifted.sift(sieve);
  auto is_same =
      skills_in(sifted) == skills_in(alone)
      && visa_in(sifted).sentence == visa_in(alone).sentence
      && experience_in(sifted).min == experience_in(alone).min
      && mode_in_description(sifted) == mode_in_description(alone);
  if (!is_same)
    std::abort();
  return 0;
}
