"""取证记录: what this program observed of one capture, laid out for a page and for Word."""

from cunzhao.evaluate.capture.document import capture_document
from cunzhao.evaluate.capture.layout import Section
from cunzhao.evaluate.capture.record import capture_record
from cunzhao.evaluate.capture.sections import sections, summary

__all__ = ["Section", "capture_document", "capture_record", "sections", "summary"]
