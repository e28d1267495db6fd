#pragma once

#include "messages/posting.hpp"

#include <string>
#include <vector>

/// Telling which postings are one job.
namespace jobfarm::dedupe {

/// Keys under which equal postings meet; two postings with a key in common
/// are the same job unless a rule says otherwise:
///
///     url/HASH    canonical url
///     title/HASH  title_normalized, company_normalized (only with a company)
///     text/HASH   company_normalized and the words of the description, folded
///                 (only with a description and a company)
///
/// HASH is XXH3-128 in hex.
std::vector<std::string> signatures(const job_posting& posting);

} // namespace jobfarm::dedupe
