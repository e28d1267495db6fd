#pragma once

#include <string>
#include <vector>

/// How the packages spell names, made what people write.
namespace jobfarm::normalize {

/// CLDR tells a name that two levels have by a small number: "Lacs²".
std::string without_marks(std::string name);

/// "Catalunya [Cataluña]" is two names, "London, City of" one.
std::vector<std::string> names_of(const std::string& local);

/// A subdivision's name without the words for what it is.
std::string bare_key(const std::string& name);

/// Transliterations without their marks of length ("Ratlām"), as English
/// writes them; languages of the Baltic have these letters of their own.
std::string plain_name(std::string name, const std::string& country);

} // namespace jobfarm::normalize
