#pragma once

#include "actors/normalize/extra_reader.hpp"
#include "messages/posting.hpp"

#include <string>

/// What single fields of a record say, each set in its posting.
namespace jobfarm::normalize {

class gazetteer;

void read_company(const raw_posting& raw, job_posting& posting);

/// Makes a text its NFC; most are.
void compose(std::string& text);

/// The names and words that stand as they are given, composed (NFC); the record
/// is left without them. An empty tag says nothing.
void read_names(raw_posting& raw, extra_fields& extra, job_posting& posting);

/// When it was posted, as seen when the record was fetched; the places are
/// there.
void read_date(const raw_posting& raw, job_posting& posting);

/// The title, its level and role; the company and the places are there. Takes
/// the title out of the record.
void read_title(raw_posting& raw, const extra_fields& extra,
                const gazetteer& world, job_posting& posting);

/// The kind of contract, by the title where no field names it.
void read_employment(const raw_posting& raw, job_posting& posting);

} // namespace jobfarm::normalize
