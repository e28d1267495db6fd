#pragma once

#include <string_view>

namespace jobfarm::dedupe {

/// Ratcliff/Obershelp ratio 2M/T of two UTF-8 texts over code points, equal to
/// `difflib.SequenceMatcher(None, a, b).ratio()` of Python: the order of the
/// texts matters, and elements of a `b` of 200 code points or more that make
/// up over 1 % of it begin no match. 1 for two empty texts.
double ratio(std::string_view a, std::string_view b);

/// An upper bound of `ratio` from the counts of code points, in linear time
/// (Python's `quick_ratio`).
double ratio_bound(std::string_view a, std::string_view b);

/// Jaccard index of the sets of lower-cased word 3-grams; a word is a run of
/// letters, digits and `_`. 1 for two texts without a 3-gram.
double shingle_similarity(std::string_view a, std::string_view b);

/// How alike two records are by section 5 of the record contract.
struct likeness {
  double title = 0;
  double company = 0;
  double description = 0;

  double score() const {
    return 0.4 * title + 0.3 * company + 0.3 * description;
  }
};

/// The three texts that likeness is about.
struct compared_texts {
  std::string_view title;
  std::string_view company;
  std::string_view description;
};

/// `a` is the record seen first.
likeness compare(const compared_texts& a, const compared_texts& b);

} // namespace jobfarm::dedupe
