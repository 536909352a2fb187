"""The same post in many designs: under which titles, to whom it reports, what it does and how often that occurs."""

from departments.standard.gathering import Line, Member, Part, Post, gather, overview
from departments.standard.titles import Standard, standard_of, standards

__all__ = ["Line", "Member", "Part", "Post", "Standard", "gather", "overview", "standard_of", "standards"]
