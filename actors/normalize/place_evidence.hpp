#pragma once

#include <string_view>
#include <vector>

namespace jobfarm::normalize {

/// What tells places of one name apart and names none: the currency of the pay,
/// the language of the text, the host of the page, the company's legal form.
class country_evidence {
public:
  /// ISO 4217. The dollar of the USA is the world's: it says least.
  void add_currency(std::string_view currency);
  /// BCP 47.
  void add_language(std::string_view language);
  /// "uk.indeed.com", "www.seek.com.au".
  void add_host(std::string_view host);
  /// Countries whose companies have the form, as `countries_of_form` has them.
  void add_form(std::string_view countries);

  bool is_empty() const {
    return hints_.empty();
  }

  /// How much more likely a place of the country is for it, in doublings of
  /// population.
  double weight(std::string_view country) const;

private:
  struct hint {
    /// ISO 3166-1, with blanks between.
    std::string_view countries;
    double weight;
  };

  void add(std::string_view countries, double weight);

  std::vector<hint> hints_;
};

/// The countries, with blanks between, whose companies have the legal form that
/// the name ends with: "Hunter Mining Pty Ltd". Empty for a form of too many.
std::string_view countries_of_form(std::string_view company);

} // namespace jobfarm::normalize
